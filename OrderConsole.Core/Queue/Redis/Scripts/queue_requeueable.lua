-- Which entries are dead letters or put back and not claimed, or claimed with a lease that is over.
-- KEYS     see queue_keys.lua
-- ARGV     entries
-- result   positions, from 0
-- @include clock.lua
-- @include queue_keys.lua
-- @include bulk.lua
local deaths = in_pieces('ZMSCORE', DEAD, ARGV)
local tries = in_pieces('ZMSCORE', RETRYING, ARGV)
local lease_ends = in_pieces('ZMSCORE', CLAIMED, ARGV)
local found = {}
for i = 1, #ARGV do
  if lease_ends[i] then
    if tonumber(lease_ends[i]) <= now then found[#found + 1] = i - 1 end
  elseif deaths[i] or tries[i] then
    found[#found + 1] = i - 1
  end
end
return found
