// The camera and the reader of QR codes: the browser's own where it has one, else ours.

const EVERY = 150;
// A code that stays in view is one arrival; shown again after this time it is a new one.
const AWAY = 3000;
const WIDEST = 800;

export class Camera {
  constructor(video, decoder, found) {
    this.video = video;
    this.decoder = decoder;
    this.found = found;
    this.stream = null;
    this.last = { text: "", at: 0 };
  }

  get isOpen() {
    return this.stream !== null;
  }

  // Opens it; throws an Error with words for the person if that can't be.
  async open() {
    if (!navigator.mediaDevices) throw new Error("这里打不开摄像头（需要 https 地址），请输入编号。");
    const read = await makeReader(this.decoder);
    const wanted = { video: { facingMode: "environment" }, audio: false };
    this.stream = await navigator.mediaDevices.getUserMedia(wanted).catch((error) => {
      throw new Error(
        error.name === "NotAllowedError"
          ? "没有得到使用摄像头的许可：请在浏览器设置中允许，或输入编号。"
          : "没有找到可用的摄像头，请输入编号。",
      );
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look(read);
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = this.video.srcObject = null;
  }

  async look(read) {
    while (this.isOpen) {
      const text = await read(this.video).catch(() => "");
      if (text && this.isOpen) this.see(text);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  see(text) {
    const now = Date.now();
    const isNew = text !== this.last.text || now - this.last.at > AWAY;
    this.last = { text, at: now };
    if (isNew) this.found(text);
  }
}

async function makeReader(decoder) {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (formats?.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  const { decodeQR } = await import(decoder).catch(() => {
    throw new Error("扫码程序没有载入（没有网络或浏览器太旧），请输入编号。");
  });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    const width = (canvas.width = Math.round(video.videoWidth * scale));
    const height = (canvas.height = Math.round(video.videoHeight * scale));
    context.drawImage(video, 0, 0, width, height);
    return decodeQR(context.getImageData(0, 0, width, height));
  };
}
