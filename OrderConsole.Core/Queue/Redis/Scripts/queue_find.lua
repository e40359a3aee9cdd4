-- The entries of some names.
-- KEYS     see queue_keys.lua
-- ARGV     names, as they are shown
-- result   a row as in queue_rows.lua for each that the queue knows
-- @include clock.lua
-- @include queue_keys.lua
-- @include text.lua
-- @include queue_names.lua
-- @include queue_rows.lua
local rows = {}
local PLACES = { { CLAIMED, 'claimed' }, { RETRYING, 'retrying' }, { SCHEDULED, 'scheduled' }, { DEAD, 'dead' } }
for _, name in ipairs(ARGV) do
  local member = member_of(name)
  for _, place in ipairs(PLACES) do
    local state = place[2]
    local entry = state == 'dead' and name or member -- a dead letter's name is printable already
    local score = redis.call('ZSCORE', place[1], entry)
    if score then
      if (state == 'retrying' or state == 'scheduled') and tonumber(score) <= now then state = 'due' end
      add_row(rows, state, entry, score)
      break
    end
  end
end
return rows
