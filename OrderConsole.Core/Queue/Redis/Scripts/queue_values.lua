-- How the values of the queue's hashes are written and read. Free text stands last, so it may hold the separator.
local function attempts_of(value)
  local failed, crashed, reason, detail = string.match(value or '', '^(%d+)|(%d+)|([^|]*)|(.*)$')
  return tonumber(failed or 0), tonumber(crashed or 0), reason or '', detail or ''
end

local function attempts(failed, crashed, reason, detail)
  return failed .. '|' .. crashed .. '|' .. reason .. '|' .. detail
end

local function claim_of(value)
  local token, due, owner = string.match(value or '', '^([^|]*)|([^|]*)|(.*)$')
  return token, due, owner
end

local function bury(entry, due, failed, crashed, reason, detail)
  redis.call('ZADD', DEAD, at(now), entry)
  redis.call('HSET', DEADINFO, entry, due .. '|' .. attempts(failed, crashed, reason, detail))
end
