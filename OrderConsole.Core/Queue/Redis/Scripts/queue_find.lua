-- The entry of one order.
-- KEYS     see queue_keys.lua
-- ARGV[1]  entry
-- result   one row as in queue_rows.lua, or none
-- @include clock.lua
-- @include queue_keys.lua
-- @include text.lua
-- @include queue_rows.lua
local entry, rows = ARGV[1], {}
for _, place in ipairs({ { CLAIMED, 'claimed' }, { RETRYING, 'retrying' }, { SCHEDULED, 'scheduled' }, { DEAD, 'dead' } }) do
  local score = redis.call('ZSCORE', place[1], entry)
  if score then
    local state = place[2]
    if (state == 'retrying' or state == 'scheduled') and tonumber(score) <= now then state = 'due' end
    add_row(rows, state, entry, score)
    break
  end
end
return rows
