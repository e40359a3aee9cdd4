-- Forgets entries and dead letters by the name that is shown. A claimed one is left alone.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  names
-- result   positions of those that were there, from 0
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
-- @include queue_names.lua
local names, members = {}, {}
for i = 2, #ARGV do
  names[#names + 1] = ARGV[i]
  members[#members + 1] = member_of(ARGV[i])
end
local lease_ends = in_pieces('ZMSCORE', CLAIMED, members)
local scheduled = in_pieces('ZMSCORE', SCHEDULED, members)
local retrying = in_pieces('ZMSCORE', RETRYING, members)
local deaths = in_pieces('ZMSCORE', DEAD, names)
local positions, waiting, dead = {}, {}, {}
for i, name in ipairs(names) do
  if not lease_ends[i] and (scheduled[i] or retrying[i] or deaths[i]) then
    positions[#positions + 1] = i - 1
    waiting[#waiting + 1] = members[i]
    dead[#dead + 1] = name
  end
end
in_pieces('ZREM', SCHEDULED, waiting)
in_pieces('ZREM', RETRYING, waiting)
in_pieces('HDEL', ATTEMPTS, waiting)
in_pieces('ZREM', DEAD, dead)
in_pieces('HDEL', DEADINFO, dead)
return positions
