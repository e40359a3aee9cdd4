using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Diagnostics;

/// <summary>Section <c>Diagnosis</c>.</summary>
public sealed class DiagnosisOptions
{
    /// <summary>How long reports are kept, 1 hour to 10 years.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The most reports that are kept, 2 to 100,000; the oldest go first.</summary>
    [Range(2, 100_000)]
    public int MaxReports { get; set; } = 2_000;

    /// <summary>How long one check may look, 1 s to 5 min; what takes longer becomes a finding.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>With less than this share of the disk free the diagnosis warns, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double LeastFreeDisk { get; set; } = 0.10;
}
