-- Takes every lock that is free.
-- KEYS     see lock_keys.lua
-- ARGV[1]  deadline   ARGV[2]  lease in ms   ARGV[3]  owner|token   ARGV[4..]  the order of each lock
-- result   for each lock: -3 taken, -1 held without end, else held for so many ms
-- @include deadline.lua
-- @include bulk.lua
-- @include lock_keys.lua
local lease, value = ARGV[2], ARGV[3]
local result, ends, records = {}, {}, {}
for i = FIRST_LOCK, #KEYS do
  local order = ARGV[i + 1]
  if redis.call('SET', KEYS[i], value, 'NX', 'PX', lease) then
    result[#result + 1] = -3
    ends[#ends + 1] = now_ms + lease
    ends[#ends + 1] = order
    records[#records + 1] = order
    records[#records + 1] = string.format('%.0f|0', now_ms)
  else
    result[#result + 1] = redis.call('PTTL', KEYS[i])
  end
end
if indexed then
  -- Locks whose holder died end by themselves; whoever takes locks sweeps a few of their traces away.
  forget(redis.call('ZRANGEBYSCORE', INDEX, '-inf', string.format('%.0f', now_ms - 1000), 'LIMIT', 0, 1000))
  in_pieces('ZADD', INDEX, ends)
  in_pieces('HSET', RECORD, records)
end
return result
