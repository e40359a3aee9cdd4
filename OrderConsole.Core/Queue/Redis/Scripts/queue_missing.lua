-- Which entries the queue knows in no state at all.
-- KEYS     see queue_keys.lua
-- ARGV     entries
-- result   positions, from 0
-- @include queue_keys.lua
-- @include bulk.lua
local missing, known = {}, {}
for _, source in ipairs({ SCHEDULED, RETRYING, CLAIMED, DEAD }) do
  for i, score in ipairs(in_pieces('ZMSCORE', source, ARGV)) do
    if score then known[i] = true end
  end
end
for i = 1, #ARGV do
  if not known[i] then missing[#missing + 1] = i - 1 end
end
return missing
