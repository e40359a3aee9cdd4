using Microsoft.AspNetCore.Components.Authorization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Access;

/// <summary>Who looks at this browser tab.</summary>
public sealed class Visitor(AuthenticationStateProvider authentication, IHttpContextAccessor http)
{
    // The accessor is good for the address alone, and only at the first ask: later there is no request.
    private readonly string? _address = http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    public async Task<Operator> OperatorAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToOperator(Operator.Console, _address);
}
