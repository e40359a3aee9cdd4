-- How many entries fall due in each span of time.
-- KEYS     see queue_keys.lua
-- ARGV     the borders of the spans, ascending; one more than spans
-- result   a count for each span, its beginning included, its end not
-- @include queue_keys.lua
local counts = {}
for i = 1, #ARGV - 1 do
  counts[i] = redis.call('ZCOUNT', SCHEDULED, ARGV[i], '(' .. ARGV[i + 1])
    + redis.call('ZCOUNT', RETRYING, ARGV[i], '(' .. ARGV[i + 1])
end
return counts
