-- Makes dead letters, entries put back and claims whose lease is over due now, their counts forgotten. Others' claims are left alone.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2..]  entries, each once
-- result   positions of those that were, from 0
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
local given = {}
for i = 2, #ARGV do given[#given + 1] = ARGV[i] end
local deaths = in_pieces('ZMSCORE', DEAD, given)
local tries = in_pieces('ZMSCORE', RETRYING, given)
local lease_ends = in_pieces('ZMSCORE', CLAIMED, given)
local positions, requeued, by_due = {}, {}, {}
for i, entry in ipairs(given) do
  local claimed, over = lease_ends[i], lease_ends[i] and tonumber(lease_ends[i]) <= now
  if over or (not claimed and (deaths[i] or tries[i])) then
    positions[#positions + 1] = i - 1
    requeued[#requeued + 1] = entry
    by_due[#by_due + 1] = at(now)
    by_due[#by_due + 1] = entry
  end
end
in_pieces('ZADD', SCHEDULED, by_due)
in_pieces('ZREM', RETRYING, requeued)
in_pieces('ZREM', CLAIMED, requeued)
in_pieces('HDEL', CLAIMS, requeued)
in_pieces('ZREM', DEAD, requeued)
in_pieces('HDEL', DEADINFO, requeued)
in_pieces('HDEL', ATTEMPTS, requeued)
return positions
