-- One page of the entries in a state.
-- KEYS     see queue_keys.lua
-- ARGV[1]  scheduled, due, claimed, retrying or dead   ARGV[2]  entries to pass over   ARGV[3]  entries to show
-- result   { total, { rows } }, rows as in queue_rows.lua
-- @include clock.lua
-- @include queue_keys.lua
-- @include text.lua
-- @include bulk.lua
-- @include queue_values.lua
-- @include queue_rows.lua
local state, offset, size = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local rows = {}

local function due_in(source) return redis.call('ZCOUNT', source, '-inf', at(now)) end

local function add_range(entry_state, range)
  for i = 1, #range, 2 do add_row(rows, entry_state, range[i], range[i + 1]) end
end

-- Both sets are sorted; the page of their merged order is found by halving, so a deep page costs no more than the first.
local function due_page()
  local scheduled, retrying = due_in(SCHEDULED), due_in(RETRYING)
  local function score(source, rank)
    return tonumber(redis.call('ZRANGE', source, rank, rank, 'WITHSCORES')[2])
  end
  local low, high = math.max(0, offset - retrying), math.min(offset, scheduled)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if score(RETRYING, offset - middle - 1) > score(SCHEDULED, middle) then low = middle + 1 else high = middle end
  end
  -- Asked only where there is something: an end of -1 would mean the whole set.
  local left, right = {}, {}
  if low < scheduled then left = redis.call('ZRANGE', SCHEDULED, low, math.min(low + size, scheduled) - 1, 'WITHSCORES') end
  if offset - low < retrying then right = redis.call('ZRANGE', RETRYING, offset - low, math.min(offset - low + size, retrying) - 1, 'WITHSCORES') end
  local l, r = 1, 1
  while #rows < 8 * size and (l <= #left or r <= #right) do
    if r > #right or (l <= #left and tonumber(left[l + 1]) <= tonumber(right[r + 1])) then
      add_row(rows, 'due', left[l], left[l + 1])
      l = l + 2
    else
      add_row(rows, 'due', right[r], right[r + 1])
      r = r + 2
    end
  end
  return scheduled + retrying
end

-- Claims are few, and stand in the order of their leases: sorted here, unless they are so many that nobody reads them all.
local function claimed_page()
  local total = redis.call('ZCARD', CLAIMED)
  if total > 5000 then
    add_range('claimed', redis.call('ZRANGE', CLAIMED, offset, offset + size - 1, 'WITHSCORES'))
    return total
  end
  local claims = {}
  for _, entry in ipairs(redis.call('ZRANGE', CLAIMED, 0, -1)) do
    local _, due = claim_of(redis.call('HGET', CLAIMS, entry))
    claims[#claims + 1] = { entry, tonumber(due or 0) or 0, due or '0' }
  end
  table.sort(claims, function(a, b) return a[2] < b[2] or (a[2] == b[2] and a[1] < b[1]) end)
  for i = offset + 1, math.min(offset + size, #claims) do add_row(rows, 'claimed', claims[i][1], claims[i][3]) end
  return total
end

local function waiting_page(source)
  local due = due_in(source)
  add_range(state, redis.call('ZRANGE', source, due + offset, due + offset + size - 1, 'WITHSCORES'))
  return redis.call('ZCARD', source) - due
end

local total
if state == 'due' then total = due_page()
elseif state == 'claimed' then total = claimed_page()
elseif state == 'scheduled' then total = waiting_page(SCHEDULED)
elseif state == 'retrying' then total = waiting_page(RETRYING)
else
  add_range('dead', redis.call('ZREVRANGE', DEAD, offset, offset + size - 1, 'WITHSCORES'))
  total = redis.call('ZCARD', DEAD)
end
return { total, rows }
