-- Looks at locks without changing them.
-- KEYS     see lock_keys.lua
-- ARGV     the order of each lock
-- result   for each lock six parts: kind ('free', 'ours', 'foreign', 'odd': no string at all), owner, token, ms left (-1
--          without end), acquired|renewals or '', whether the index has it as live ('1' or '0')
-- @include clock.lua
-- @include bulk.lua
-- @include text.lua
-- @include lock_keys.lua
-- @include lock_values.lua
local result = {}
local ends, records = {}, {}
if indexed then
  ends = in_pieces('ZMSCORE', INDEX, ARGV)
  records = in_pieces('HMGET', RECORD, ARGV)
end
local function add(...)
  for _, part in ipairs({ ... }) do result[#result + 1] = part end
end
for i = FIRST_LOCK, #KEYS do
  local n = i - FIRST_LOCK + 1
  local left = redis.call('PTTL', KEYS[i])
  local owner, token = shown_of(KEYS[i])
  if left == -2 then
    add('free', '', '', '0')
  elseif not token then
    add('odd', '', '', left)
  else
    add(owner == '' and 'foreign' or 'ours', owner, token, left)
  end
  add(records[n] or '', ends[n] and tonumber(ends[n]) > now_ms and '1' or '0')
end
return result
