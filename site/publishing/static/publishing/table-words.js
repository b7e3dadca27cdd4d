// The Chinese words of the table editor. Handsontable 6 brings English only; without a dictionary
// for the language that the table block asks for, it complains on every page with a table.
const WORDS = {
  insertRowAbove: "在上方插入一行",
  insertRowBelow: "在下方插入一行",
  insertColumnOnTheLeft: "在左边插入一列",
  insertColumnOnTheRight: "在右边插入一列",
  removeRow: "删除行",
  removeColumn: "删除列",
  undo: "撤销",
  redo: "重做",
};

if (window.Handsontable) {
  const named = Object.entries(WORDS).map(([name, word]) => [`ContextMenu:items.${name}`, word]);
  window.Handsontable.languages.registerLanguageDictionary({
    languageCode: "zh-CN",
    ...Object.fromEntries(named),
  });
}
