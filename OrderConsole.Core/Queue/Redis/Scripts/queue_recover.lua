-- Takes back claims whose lease has ended and counts a crash for each.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2]  most claims   ARGV[3]  crashes after which an entry is a dead letter
-- result   { { entries that are due again }, { dead letter, reason, detail, ... } }
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
-- @include queue_values.lua
-- @include text.lua
local ended = redis.call('ZRANGEBYSCORE', CLAIMED, '-inf', at(now), 'LIMIT', 0, ARGV[2])
local claims = in_pieces('HMGET', CLAIMS, ended)
local known = in_pieces('HMGET', ATTEMPTS, ended)
local returned, dead, retrying, noted, settled = {}, {}, {}, {}, {}
for i, entry in ipairs(ended) do
  local _, due, owner = claim_of(claims[i])
  local failed, crashed, reason, detail = attempts_of(known[i])
  crashed = crashed + 1
  due = math.min(tonumber(due or now) or now, now)
  local shown = printable(entry)
  local death = nil
  if not is_order_no(entry) then
    death = 'malformed'
    detail = 'not an order number, ' .. #entry .. ' bytes'
  elseif crashed >= tonumber(ARGV[3]) then
    death = 'crashed'
    detail = crashed .. ' claims ended without a release, the last one of ' .. (owner or 'nobody known')
  end
  if death then
    bury(shown, at(due), failed, crashed, death, detail)
    settled[#settled + 1] = entry
    for _, part in ipairs({ shown, death, detail }) do dead[#dead + 1] = part end
  else
    retrying[#retrying + 1] = at(due)
    retrying[#retrying + 1] = entry
    noted[#noted + 1] = entry
    noted[#noted + 1] = attempts(failed, crashed, reason, detail)
    returned[#returned + 1] = entry
  end
end
in_pieces('ZREM', CLAIMED, ended)
in_pieces('HDEL', CLAIMS, ended)
in_pieces('HDEL', ATTEMPTS, settled)
in_pieces('ZADD', RETRYING, retrying)
in_pieces('HSET', ATTEMPTS, noted)
bury_all()
return { returned, dead }
