-- Which entries are dead letters or put back, and not claimed.
-- KEYS     see queue_keys.lua
-- ARGV     entries
-- result   positions, from 0
-- @include queue_keys.lua
-- @include bulk.lua
local deaths = in_pieces('ZMSCORE', DEAD, ARGV)
local tries = in_pieces('ZMSCORE', RETRYING, ARGV)
local lease_ends = in_pieces('ZMSCORE', CLAIMED, ARGV)
local found = {}
for i = 1, #ARGV do
  if (deaths[i] or tries[i]) and not lease_ends[i] then found[#found + 1] = i - 1 end
end
return found
