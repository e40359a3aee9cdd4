-- Ends claims, each by its own verdict. A claim with another token is somebody else's and stays untouched.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  verdict, entry, token and what the verdict needs, one after another:
--          complete
--          reschedule  due time
--          retry       delay in ms, failures to count (0 or 1), reason, detail
--          bury        failures to count (0 or 1), reason, detail
-- result   how many claims were not the caller's
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
-- @include queue_values.lua
local WIDTH = { complete = 3, reschedule = 4, retry = 7, bury = 6 }
local entries, starts = {}, {}
local start = 2
while start <= #ARGV do
  entries[#entries + 1] = ARGV[start + 1]
  starts[#starts + 1] = start
  start = start + WIDTH[ARGV[start]]
end

local claims = in_pieces('HMGET', CLAIMS, entries)
local known = in_pieces('HMGET', ATTEMPTS, entries)
local lease_ends = in_pieces('ZMSCORE', CLAIMED, entries)
local ended, settled, scheduled, retrying, noted, is_ended = {}, {}, {}, {}, {}, {}
local lost = 0
for i, entry in ipairs(entries) do
  local verdict, token, a, b, c, d = ARGV[starts[i]], unpack(ARGV, starts[i] + 2, starts[i] + WIDTH[ARGV[starts[i]]] - 1)
  local held, due = claim_of(claims[i])
  if held ~= token or not lease_ends[i] or is_ended[entry] then
    lost = lost + 1
  else
    is_ended[entry] = true
    ended[#ended + 1] = entry
    local failed, crashed = attempts_of(known[i])
    if verdict == 'retry' then
      retrying[#retrying + 1] = at(now + a / 1000)
      retrying[#retrying + 1] = entry
      noted[#noted + 1] = entry
      noted[#noted + 1] = attempts(failed + b, crashed, c, d)
    else
      settled[#settled + 1] = entry
      if verdict == 'reschedule' then
        scheduled[#scheduled + 1] = a
        scheduled[#scheduled + 1] = entry
      elseif verdict == 'bury' then
        bury(entry, due, failed + a, crashed, b, c)
      end
    end
  end
end
in_pieces('ZREM', CLAIMED, ended)
in_pieces('HDEL', CLAIMS, ended)
in_pieces('HDEL', ATTEMPTS, settled)
-- another program may have queued a dead letter again
in_pieces('ZREM', DEAD, settled)
in_pieces('HDEL', DEADINFO, settled)
in_pieces('ZADD', SCHEDULED, scheduled)
in_pieces('ZADD', RETRYING, retrying)
in_pieces('HSET', ATTEMPTS, noted)
bury_all()
return lost
