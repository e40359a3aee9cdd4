using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>Asks for what an action must know beyond its targets, before the list is frozen.</summary>
public sealed partial class ParameterForm
{
    /// <summary>Of the form, for a button outside of it.</summary>
    public const string Id = "operation-parameters";
    private const int MostMinutes = 30 * 24 * 60;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public OperationRequest Request { get; set; } = default!;
    [Parameter] public EventCallback<OperationParameters> Answered { get; set; }

    private static IReadOnlyList<TimeSpan> Choices { get; } = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>Null for an own duration.</summary>
    private TimeSpan? Chosen { get; set; } = Choices[0];
    /// <summary>In minutes.</summary>
    private string Own { get; set; } = "";
    private string Reference { get; set; } = "";
    private bool IsFaulty { get; set; }

    private Task SubmitAsync()
    {
        var answer = Request.Action == ActionTexts.Extend ? Request.Given with { By = Chosen ?? OwnTime() } : Request.Given with { Reference = Reference.Trim() };
        IsFaulty = answer is { By: null, Reference: null or "" };
        return IsFaulty ? Task.CompletedTask : Answered.InvokeAsync(answer);
    }

    private TimeSpan? OwnTime() => int.TryParse(Own.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= MostMinutes
        ? TimeSpan.FromMinutes(minutes)
        : null;
}
