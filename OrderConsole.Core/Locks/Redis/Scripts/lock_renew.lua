-- Prolongs locks by token.
-- KEYS     see lock_keys.lua
-- ARGV[1]  deadline   ARGV[2]  lease in ms   ARGV[3..]  order, token; and so on in pairs
-- result   positions, from 0, of the locks that are not the caller's any more
-- @include deadline.lua
-- @include bulk.lua
-- @include lock_keys.lua
local lease = ARGV[2]
local lost, ends, records, renewed = {}, {}, {}, {}
for i = FIRST_LOCK, #KEYS do
  local n = i - FIRST_LOCK
  local order, token = ARGV[3 + 2 * n], ARGV[4 + 2 * n]
  if is_held_with(KEYS[i], token) then
    redis.call('PEXPIRE', KEYS[i], lease)
    ends[#ends + 1] = now_ms + lease
    ends[#ends + 1] = order
    renewed[#renewed + 1] = order
  else
    lost[#lost + 1] = n
  end
end
if indexed then
  for i, record in ipairs(in_pieces('HMGET', RECORD, renewed)) do
    local acquired, renewals = string.match(record or '', '^(%d+)|(%d+)$')
    if acquired then
      records[#records + 1] = renewed[i]
      records[#records + 1] = acquired .. '|' .. (renewals + 1)
    end
  end
  in_pieces('ZADD', INDEX, ends)
  in_pieces('HSET', RECORD, records)
end
return lost
