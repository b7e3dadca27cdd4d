-- Drives wrk; answers one line of JSON. The first argument after "--" says what is sent:
--   get                plain GET of the address
--   fresh SEED         GET with another query each time, so that no cache can answer
--   post FILE SKIPPED  POST of the bodies in a file, each sent once, from behind those sent before
-- The file: "<content type>\n<cookie>\n", then for each request "<address> <length>\n<body>\n".

local bodies, addresses, kind, cookie, at, seed = {}, {}, nil, nil, 0, nil
used, available = 0, 0

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  if args[1] == "fresh" then
    seed, request = args[2], fresh
  elseif args[1] == "post" then
    request = post
    read_bodies(args[2], tonumber(args[3]))
  end
end

function read_bodies(path, skipped)
  local file = assert(io.open(path, "rb"))
  kind, cookie = file:read("*l"), file:read("*l")
  at = skipped
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
end

function fresh()
  used, available = used + 1, used + 1
  return wrk.format("GET", wrk.path .. "?fresh=" .. seed .. "-" .. used)
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
