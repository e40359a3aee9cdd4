using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Operations;

namespace OrderConsole.Access;

/// <summary>Who came and went, in the audit. Guesses are slowed down before they get here, so that they can not fill it.</summary>
internal sealed class SignInAudit(AuditLog audit)
{
    public Task SignedInAsync(string action, ConsoleUser user, ConsoleSession session, CancellationToken cancel) =>
        WriteAsync(new Operator(user.UserName ?? "", Operator.Console, session.Address) { Session = session.Id }.Actor(user.Role), new(action, AuditOutcome.Done, user.UserName), cancel);

    /// <param name="name">As it was typed: there may be no such user.</param>
    public Task FailedAsync(string name, string address, CancellationToken cancel) =>
        WriteAsync(new("nobody", Operator.Console, Address: address), new(AccessActions.SignInFailed, AuditOutcome.Denied, name[..Math.Min(name.Length, 64)]), cancel);

    public Task SignedOutAsync(HttpContext context)
    {
        var by = context.User.ToOperator(Operator.Console, context.Connection.RemoteIpAddress?.ToString());
        return by.Session is null ? Task.CompletedTask : WriteAsync(by.Actor(), new(AccessActions.SignedOut, AuditOutcome.Done, by.Name), context.RequestAborted);
    }

    private async Task WriteAsync(AuditActor actor, AuditEntry entry, CancellationToken cancel)
    {
        try
        {
            await audit.WriteAsync(actor, entry, cancel);
        }
        catch (AuditKeyException)
        {
            // Whoever must find out why the audit can not be written has to get in; they can do nothing else meanwhile.
        }
    }
}
