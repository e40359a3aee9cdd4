-- Gives now_ms and now (Unix seconds with milliseconds as fraction) by this server's clock, and at(seconds) as text.
local clock = redis.call('TIME')
local now_ms = clock[1] * 1000 + math.floor(clock[2] / 1000)
local now = now_ms / 1000
local function at(seconds) return string.format('%.3f', seconds) end
