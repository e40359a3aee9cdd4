-- Every script that changes something begins with this: a command that was given up by its sender and reaches us late
-- (frozen server, healed network) must do nothing.
-- ARGV[1]  the last moment to act, Unix milliseconds by this server's clock
-- @include clock.lua
if now_ms > tonumber(ARGV[1]) then
  return redis.error_reply('EXPIRED came ' .. (now_ms - ARGV[1]) .. ' ms after its deadline, nothing was done')
end
