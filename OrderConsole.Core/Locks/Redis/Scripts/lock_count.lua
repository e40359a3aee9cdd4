-- How many of our own locks are held: those in the index whose lease has not ended. Without an index none is known; a scan
-- meets them as it meets foreign ones.
-- KEYS     see lock_keys.lua
-- @include clock.lua
-- @include bulk.lua
-- @include lock_keys.lua
if not indexed then return 0 end
return redis.call('ZCOUNT', INDEX, string.format('(%.0f', now_ms), '+inf')
