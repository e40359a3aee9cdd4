-- Forgets entries, dead letters too. A claim stays with its owner.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  entries
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
local given, idle = {}, {}
for i = 2, #ARGV do given[#given + 1] = ARGV[i] end
local lease_ends = in_pieces('ZMSCORE', CLAIMED, given)
for i, entry in ipairs(given) do
  if not lease_ends[i] then idle[#idle + 1] = entry end
end
in_pieces('ZREM', SCHEDULED, given)
in_pieces('ZREM', RETRYING, given)
in_pieces('ZREM', DEAD, given)
in_pieces('HDEL', DEADINFO, given)
in_pieces('HDEL', ATTEMPTS, idle)
return #given
