-- Counts the entries by state.
-- KEYS     see queue_keys.lua
-- result   { now, scheduled, due, claimed, retrying, dead, oldest due or '', next due or '' }
-- @include clock.lua
-- @include queue_keys.lua
local oldest, next_due, due, waiting = math.huge, math.huge, 0, {}
for i, source in ipairs({ SCHEDULED, RETRYING }) do
  due = due + redis.call('ZCOUNT', source, '-inf', at(now))
  waiting[i] = redis.call('ZCOUNT', source, '(' .. at(now), '+inf')
  local first = redis.call('ZRANGEBYSCORE', source, '-inf', at(now), 'WITHSCORES', 'LIMIT', 0, 1)
  oldest = math.min(oldest, tonumber(first[2] or math.huge))
  local coming = redis.call('ZRANGEBYSCORE', source, '(' .. at(now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  next_due = math.min(next_due, tonumber(coming[2] or math.huge))
end
local function moment(seconds)
  if seconds == math.huge then return '' end
  if seconds == -math.huge then return '-inf' end
  return at(seconds)
end
return {
  at(now), waiting[1], due, redis.call('ZCARD', CLAIMED), waiting[2], redis.call('ZCARD', DEAD), moment(oldest), moment(next_due),
}
