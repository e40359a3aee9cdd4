-- The lock's keys, for every lock script in this order. A lock is the plain string "owner|token" under prefix..order, as
-- any service takes it with SET NX PX. Index and record only make our own locks quick to list; where they are broken
-- locking goes on without them.
-- KEYS[1]   zset  order -> end of lease in Unix ms
-- KEYS[2]   hash  order -> acquired at in Unix ms|renewals
-- KEYS[3..] the locks
local INDEX, RECORD, FIRST_LOCK = KEYS[1], KEYS[2], 3

local function has_type(key, wanted)
  local found = redis.call('TYPE', key).ok
  return found == wanted or found == 'none'
end
local indexed = has_type(INDEX, 'zset') and has_type(RECORD, 'hash')

-- The stored string, or false for a free lock and for a key of another type.
local function value_of(key)
  local value = redis.pcall('GET', key)
  return type(value) == 'string' and value
end

local function is_held_with(key, token)
  local value = value_of(key)
  return value and string.sub(value, -#token - 1) == '|' .. token
end

local function forget(orders)
  if indexed and #orders > 0 then
    in_pieces('ZREM', INDEX, orders)
    in_pieces('HDEL', RECORD, orders)
  end
end
