-- How many of our own locks are held: those in the index whose lease has not ended.
-- KEYS     see lock_keys.lua
-- @include clock.lua
-- @include bulk.lua
-- @include lock_keys.lua
if not indexed then
  return redis.error_reply('WRONGKEY ' .. INDEX .. ' or ' .. RECORD .. ' holds something that is not ours')
end
return redis.call('ZCOUNT', INDEX, string.format('(%.0f', now_ms), '+inf')
