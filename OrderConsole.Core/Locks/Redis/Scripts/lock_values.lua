-- How a lock's value is shown: owner and token of ours; of a foreign one its whole value, printable, as the token.
local function parts_of(value)
  local owner, token = string.match(value, '^(.+)|(%x+)$')
  if owner and #token == 32 then return printable(owner), token end
  return '', printable(value)
end
