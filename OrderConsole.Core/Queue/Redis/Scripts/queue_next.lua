-- The next entries of one kind in the order of their moments.
-- KEYS     see queue_keys.lua
-- ARGV[1]  scheduled, retrying, claimed or dead   ARGV[2]  last member, ARGV[3] its score: '' at the beginning   ARGV[4]  most entries
-- result   { last member, its score, its rank, { name, score, ... } }
-- @include queue_keys.lua
-- @include text.lua
local set = ({ scheduled = SCHEDULED, retrying = RETRYING, claimed = CLAIMED, dead = DEAD })[ARGV[1]]
local member, score, most = ARGV[2], ARGV[3], tonumber(ARGV[4])
local first = 0
if score ~= '' then
  -- By rank, because passing over the entries of one moment would take as long as there are such. Where the last one has
  -- gone or moved, its moment begins anew.
  if redis.call('ZSCORE', set, member) == score then
    first = redis.call('ZRANK', set, member) + 1
  else
    first = redis.call('ZCOUNT', set, '-inf', '(' .. score)
  end
end
local page = redis.call('ZRANGE', set, first, first + most - 1, 'WITHSCORES')
if #page == 0 then return { '', '', 0, {} } end
member, score = page[#page - 1], page[#page]
for i = 1, #page, 2 do
  if not is_order_no(page[i]) then page[i] = printable(page[i]) end
end
return { member, score, first + #page / 2 - 1, page }
