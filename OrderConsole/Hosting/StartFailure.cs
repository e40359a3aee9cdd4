using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrderConsole.Hosting;

/// <summary>A wrong setting ends the start with a sentence, not with a stack trace.</summary>
internal static class StartFailure
{
    public static async Task<int> ExplainAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Asked to end while it was starting.
            return 0;
        }
        catch (Exception e) when (Sentences(e) is { } sentences)
        {
            foreach (var sentence in sentences) await Console.Error.WriteLineAsync("OrderConsole does not start: " + sentence);
            return 1;
        }
    }

    private static IEnumerable<string>? Sentences(Exception e) => e switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException many when many.InnerExceptions.All(i => i is OptionsValidationException) =>
            many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures),
        IOException { InnerException: AddressInUseException } => [e.Message + " Choose another port with --urls http://127.0.0.1:<port>."],
        _ => null,
    };
}
