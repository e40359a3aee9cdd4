-- Removes locks that still are what somebody saw.
-- KEYS     see lock_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  order, token as it was shown ('' for a key that holds no string); and so on in pairs
-- result   for each lock: 0 removed, 1 held by another token now, 2 free already
-- @include deadline.lua
-- @include bulk.lua
-- @include text.lua
-- @include lock_keys.lua
-- @include lock_values.lua
local result, removed = {}, {}
for i = FIRST_LOCK, #KEYS do
  local n = i - FIRST_LOCK
  local order, seen = ARGV[2 + 2 * n], ARGV[3 + 2 * n]
  local _, token = shown_of(KEYS[i])
  local shown = token or ''
  if redis.call('EXISTS', KEYS[i]) == 0 then
    result[#result + 1] = 2
    removed[#removed + 1] = order
  elseif shown == seen then
    redis.call('DEL', KEYS[i])
    result[#result + 1] = 0
    removed[#removed + 1] = order
  else
    result[#result + 1] = 1
  end
end
forget(removed)
return result
