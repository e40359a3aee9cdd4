-- Prolongs claims that are still the caller's.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2]  lease in ms   ARGV[3..]  entry, token; and so on in pairs
-- result   positions, from 0, of the claims that are not the caller's any more
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
-- @include queue_values.lua
local lease_end = at(now + ARGV[2] / 1000)
local given = {}
for i = 3, #ARGV, 2 do given[#given + 1] = ARGV[i] end
local claims = in_pieces('HMGET', CLAIMS, given)
local lease_ends = in_pieces('ZMSCORE', CLAIMED, given)
local prolonged, lost = {}, {}
for i, entry in ipairs(given) do
  if lease_ends[i] and claim_of(claims[i]) == ARGV[2 * i + 2] then
    prolonged[#prolonged + 1] = lease_end
    prolonged[#prolonged + 1] = entry
  else
    lost[#lost + 1] = i - 1
  end
end
in_pieces('ZADD', CLAIMED, prolonged)
return lost
