-- The queue's keys, for every queue script in this order. Another type under one of these names is refused by name
-- before anything is touched, because a script that fails half-way is not undone.
-- KEYS[1]  zset  entries by due time in Unix seconds; foreign programs ZADD here
-- KEYS[2]  zset  entries put back, by the moment of their next try
-- KEYS[3]  zset  claimed entries by the end of their lease; an entry is claimed if and only if it is here
-- KEYS[4]  hash  claimed entry -> token|due|owner
-- KEYS[5]  hash  entry -> failed|crashed|reason|detail
-- KEYS[6]  zset  dead letters by the moment of their death
-- KEYS[7]  hash  dead letter -> due|failed|crashed|reason|detail
local SCHEDULED, RETRYING, CLAIMED, CLAIMS, ATTEMPTS, DEAD, DEADINFO = unpack(KEYS)
for i, wanted in ipairs({ 'zset', 'zset', 'zset', 'hash', 'hash', 'zset', 'hash' }) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= wanted and found ~= 'none' then
    return redis.error_reply('WRONGKEY ' .. KEYS[i] .. ' holds a ' .. found .. ', not a ' .. wanted)
  end
end
