-- Releases locks by token; somebody else's stay.
-- KEYS     see lock_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  order, token; and so on in pairs
-- result   how many were not the caller's
-- @include deadline.lua
-- @include bulk.lua
-- @include lock_keys.lua
local lost, released = 0, {}
for i = FIRST_LOCK, #KEYS do
  local n = i - FIRST_LOCK
  if is_held_with(KEYS[i], ARGV[3 + 2 * n]) then
    redis.call('DEL', KEYS[i])
    released[#released + 1] = ARGV[2 + 2 * n]
  else
    lost = lost + 1
  end
end
forget(released)
return lost
