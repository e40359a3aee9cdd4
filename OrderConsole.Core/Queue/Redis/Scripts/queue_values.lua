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

-- Dead letters are noted here and written by bury_all, after the script has taken something out: a full server lets a script
-- go on that has begun by letting go, and refuses one that begins by adding.
local graves, epitaphs = {}, {}
local function bury(entry, due, failed, crashed, reason, detail)
  graves[#graves + 1] = at(now)
  graves[#graves + 1] = entry
  epitaphs[#epitaphs + 1] = entry
  epitaphs[#epitaphs + 1] = due .. '|' .. attempts(failed, crashed, reason, detail)
end

local function bury_all()
  in_pieces('ZADD', DEAD, graves)
  in_pieces('HSET', DEADINFO, epitaphs)
end
