-- Puts entries in or moves their due time. Claimed ones are left alone; dead ones come back with their counts forgotten.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  entry, due time; and so on in pairs
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
local given = {}
for i = 2, #ARGV, 2 do given[#given + 1] = ARGV[i] end
local lease_ends = in_pieces('ZMSCORE', CLAIMED, given)
local deaths = in_pieces('ZMSCORE', DEAD, given)

local scheduled, by_due, revived = {}, {}, {}
for i, entry in ipairs(given) do
  if not lease_ends[i] then
    scheduled[#scheduled + 1] = entry
    by_due[#by_due + 1] = ARGV[2 * i + 1]
    by_due[#by_due + 1] = entry
    if deaths[i] then revived[#revived + 1] = entry end
  end
end
in_pieces('ZADD', SCHEDULED, by_due)
in_pieces('ZREM', RETRYING, scheduled)
in_pieces('ZREM', DEAD, revived)
in_pieces('HDEL', DEADINFO, revived)
in_pieces('HDEL', ATTEMPTS, revived)
return #scheduled
