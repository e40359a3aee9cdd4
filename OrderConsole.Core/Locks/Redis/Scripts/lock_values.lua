-- How a lock's value is shown: owner and token of ours; of a foreign one its whole value, printable, as the token.
local function parts_of(value)
  local owner, token = string.match(value, '^(.+)|(%x+)$')
  if owner and #token == 32 then return printable(owner), token end
  return '', printable(value)
end

-- A lock as Redisson takes it: a hash with one field, "client:thread", and how often that thread has entered.
local function redisson_of(key)
  if redis.call('TYPE', key).ok ~= 'hash' or redis.call('HLEN', key) ~= 1 then return nil end
  local field = redis.call('HKEYS', key)[1]
  return string.match(field, '^[%x-]+:%d+$')
end

-- Owner and token of whatever is under a key; nil where it is no lock of a known kind.
local function shown_of(key)
  local value = value_of(key)
  if value then return parts_of(value) end
  local field = redisson_of(key)
  if field then return '', field end
end
