-- Makes a dead letter or an entry put back due now, its counts forgotten.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2]  entry
-- result   1, or 0 when it is neither, or is claimed
-- @include deadline.lua
-- @include queue_keys.lua
local entry = ARGV[2]
local is_known = redis.call('ZSCORE', DEAD, entry) or redis.call('ZSCORE', RETRYING, entry)
if not is_known or redis.call('ZSCORE', CLAIMED, entry) then return 0 end
redis.call('ZADD', SCHEDULED, at(now), entry)
redis.call('ZREM', RETRYING, entry)
redis.call('ZREM', DEAD, entry)
redis.call('HDEL', DEADINFO, entry)
redis.call('HDEL', ATTEMPTS, entry)
return 1
