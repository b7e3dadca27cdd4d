-- Drives wrk: plain GET, or POST with bodies of a file, each sent once; answers one line of JSON.
-- Arguments after "--": the file, the number of requests to skip.
-- The file: "<content type>\n<cookie>\n", then for each request "<address> <length>\n<body>\n".

local bodies, addresses, kind, cookie, at = {}, {}, nil, nil, 0
used, available = 0, 0

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  if not args[1] then return end
  local file = assert(io.open(args[1], "rb"))
  kind, cookie = file:read("*l"), file:read("*l")
  at = tonumber(args[2])
  while true do
    local line = file:read("*l")
    if not line then break end
    local address, length = line:match("^(%S+) (%d+)$")
    table.insert(bodies, file:read(tonumber(length)))
    table.insert(addresses, address)
    file:read("*l")
  end
  available = #bodies - at
  file:close()
  request = post
end

function post()
  at, used = at + 1, used + 1
  local place = math.min(at, #bodies)
  local headers = {
    ["Content-Type"] = kind,
    ["Cookie"] = cookie,
    ["X-Forwarded-For"] = addresses[place],
    ["Host"] = wrk.headers["Host"],
    ["Origin"] = wrk.headers["Origin"],
    ["X-Forwarded-Proto"] = "https",
  }
  return wrk.format("POST", nil, headers, bodies[place])
end

function done(summary, latency, requests)
  local sent, had = 0, 0
  for _, thread in ipairs(threads) do
    sent, had = sent + thread:get("used"), had + thread:get("available")
  end
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "seconds": %.6f, "bytes": %d, "broken": %d, "refused": %d, "late": %d, "used": %d, "available": %d, "median_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write,
    e.status, e.timeout, sent, had, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
