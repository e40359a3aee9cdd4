-- Claims due entries, oldest first: up to a quarter of them from those put back, so that old troubles never crowd out
-- what has just fallen due; where one kind is short the other fills up.
-- KEYS     see queue_keys.lua
-- ARGV[1]  deadline   ARGV[2]  most entries   ARGV[3]  lease in ms   ARGV[4]  token   ARGV[5]  owner
-- result   { now, next due or '', { entry, due, attempts or '', ... }, { dead letter, reason, detail, ... } }
-- @include deadline.lua
-- @include queue_keys.lua
-- @include bulk.lua
-- @include queue_values.lua
-- @include text.lua
local most, lease_end, token, owner = tonumber(ARGV[2]), at(now + ARGV[3] / 1000), ARGV[4], ARGV[5]
local FIRST_SANE, LAST_SANE = 1e9, 1e10 -- 2001 to 2286
local MOST_LOOKED_AT = 5000             -- claimed and re-added entries are passed by, but not without end

local entries, claims, dues, is_taken = {}, {}, {}, {}
local rejected, rejects = {}, {}
local looked_at = { [SCHEDULED] = 0, [RETRYING] = 0 }

local function reject(member, score, reason, detail)
  local shown = printable(member)
  bury(shown, score, 0, 0, reason, detail)
  rejected[#rejected + 1] = member
  for _, part in ipairs({ shown, reason, detail }) do rejects[#rejects + 1] = part end
end

local function take(source, wanted)
  wanted = math.min(wanted, most)
  while #entries < wanted and #rejected < 1000 and looked_at[source] < MOST_LOOKED_AT do
    local offset = looked_at[source]
    local page = redis.call('ZRANGEBYSCORE', source, '-inf', at(now), 'WITHSCORES', 'LIMIT', offset, math.max(wanted - #entries, 100))
    if #page == 0 then return end
    local members = {}
    for i = 1, #page, 2 do members[#members + 1] = page[i] end
    local lease_ends = in_pieces('ZMSCORE', CLAIMED, members)
    for i, member in ipairs(members) do
      if #entries == wanted then break end
      looked_at[source] = offset + i
      local score = page[2 * i]
      if not is_order_no(member) then
        reject(member, score, 'malformed', 'not an order number, ' .. #member .. ' bytes')
      elseif tonumber(score) < FIRST_SANE then
        reject(member, score, 'absurd_score', 'score ' .. score)
      elseif not lease_ends[i] and not is_taken[member] then
        is_taken[member] = true
        entries[#entries + 1] = member
        dues[#dues + 1] = score
      end
    end
  end
end

-- Scores that would never fall due: milliseconds, infinity.
local absurd = redis.call('ZREVRANGEBYSCORE', SCHEDULED, '+inf', '(' .. LAST_SANE, 'WITHSCORES', 'LIMIT', 0, 100)
for i = 1, #absurd, 2 do
  if is_order_no(absurd[i]) then
    reject(absurd[i], absurd[i + 1], 'absurd_score', 'score ' .. absurd[i + 1])
  else
    reject(absurd[i], absurd[i + 1], 'malformed', 'not an order number, ' .. #absurd[i] .. ' bytes')
  end
end

take(RETRYING, math.max(1, math.floor(most / 4)))
take(SCHEDULED, most)
take(RETRYING, most)

-- An entry may stand in both sets; who claims it takes both.
for _, source in ipairs({ SCHEDULED, RETRYING }) do
  in_pieces('ZREM', source, rejected)
  in_pieces('ZREM', source, entries)
end
bury_all()

local result, by_lease_end = {}, {}
local known = in_pieces('HMGET', ATTEMPTS, entries)
for i, entry in ipairs(entries) do
  by_lease_end[2 * i - 1], by_lease_end[2 * i] = lease_end, entry
  claims[2 * i - 1], claims[2 * i] = entry, token .. '|' .. dues[i] .. '|' .. owner
  result[3 * i - 2], result[3 * i - 1], result[3 * i] = entry, dues[i], known[i] or ''
end
in_pieces('ZADD', CLAIMED, by_lease_end)
in_pieces('HSET', CLAIMS, claims)

-- When the first entry falls due that is not claimed at the same time: a claimed one cannot be taken, however due it is.
local function first_free(source)
  for offset = 0, 950, 50 do
    local page = redis.call('ZRANGE', source, offset, offset + 49, 'WITHSCORES')
    if #page == 0 then return nil end
    local members = {}
    for i = 1, #page, 2 do members[#members + 1] = page[i] end
    local lease_ends = in_pieces('ZMSCORE', CLAIMED, members)
    for i = 1, #members do
      if not lease_ends[i] then return tonumber(page[2 * i]) end
    end
  end
  return now + 1 -- nothing but claimed ones as far as we look: look again soon, not at once
end

local next_due = nil
for _, source in ipairs({ SCHEDULED, RETRYING }) do
  local due = first_free(source)
  -- Absurd scores that this call had no room for are work for the next one.
  if due and (due > LAST_SANE or due < FIRST_SANE) then due = now end
  if due and (not next_due or due < next_due) then next_due = due end
end
return { at(now), next_due and at(next_due) or '', result, rejects }
