-- Posts pages in turn: wrk -t1 -c8 -d10s -s tools/load/post.lua URL -- PAGE...
wrk.method = "POST"
wrk.headers["Content-Type"] = "text/html"

local pages, at = {}, 0

function init(args)
    for _, path in ipairs(args) do
        local file = assert(io.open(path, "rb"))
        pages[#pages + 1] = wrk.format(nil, nil, nil, file:read("*a"))
        file:close()
    end
end

function request()
    at = at % #pages + 1
    return pages[at]
end

function done(summary, latency)
    local of = summary.errors
    io.write(string.format("p50 %.1f ms, p99 %.1f ms, not 2xx %d, socket errors %d\n",
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, of.status,
        of.connect + of.read + of.write + of.timeout))
end
