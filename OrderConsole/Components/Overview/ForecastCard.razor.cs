using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>What falls due in the next two hours, against the speed at which it is worked off.</summary>
public sealed partial class ForecastCard
{
    private const double OnTime = 60;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Null when it could not be read.</summary>
    [Parameter, EditorRequired] public ForecastFigures? Forecast { get; set; }
    /// <summary>How many are due and wait.</summary>
    [Parameter, EditorRequired] public long? Backlog { get; set; }

    private string Tone => Forecast is null ? "unread" : Forecast.LateSeconds >= OnTime ? "bad" : "";

    private string Peak => Forecast switch
    {
        null => Figures.Unread,
        { PeakAt: { } at } => Text["Forecast.Peak", at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture), Figures.Count(Forecast.PeakDue), Verdict],
        _ => Text["Forecast.Nothing"],
    };

    private string Verdict => Forecast?.LateSeconds switch
    {
        null => Text["Forecast.Unmeasured"],
        < OnTime => Text["Forecast.OnTime"],
        { } late => Text["Forecast.Late", Figures.Count((long)Math.Ceiling(late / 60))],
    };

    private string? ToEmpty => (Forecast, Backlog) switch
    {
        (null, _) or (_, null or 0) => (string?)null,
        ({ EmptyInSeconds: { } seconds }, _) => (string)Text["Forecast.Empty", Text.Duration(TimeSpan.FromSeconds(seconds))],
        ({ DrainPerSecond: null }, _) => (string)Text["Forecast.EmptyUnknown"],
        _ => (string)Text["Forecast.EmptyNever"],
    };

    private string Speed => Forecast switch
    {
        null => Text["Figure.Unread"],
        { DrainPerSecond: { } speed } => Text["Forecast.Speed", Figures.Rate(speed), Figures.Count(Forecast.Due)],
        _ => Text["Forecast.SpeedUnmeasured", Figures.Count(Forecast.Due)],
    };
}
