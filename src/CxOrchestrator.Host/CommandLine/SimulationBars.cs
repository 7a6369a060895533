using System.Globalization;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Host.Simulating;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Shows how far simulations have come, a bar each; nothing where there is no place for bars.</summary>
internal sealed class SimulationBars(ProgressContext? bars) : ISimulationProgress
{
    private ProgressTask? _copying;

    /// <inheritdoc/>
    public void Copying() => _copying = bars?.AddTask("copying what is known", maxValue: 1);

    /// <inheritdoc/>
    public IProgress<DateTimeOffset> Of(SimulationTerms terms, string name)
    {
        _copying?.Value(1);
        return new Bar(bars?.AddTask("simulating", maxValue: 1), terms, name);
    }

    // Progress<T> would call back on other threads, out of order.
    private sealed class Bar(ProgressTask? task, SimulationTerms terms, string name) : IProgress<DateTimeOffset>
    {
        public void Report(DateTimeOffset value)
        {
            if (task is null)
                return;
            task.Value = terms.To > terms.From ? (value - terms.From) / (terms.To - terms.From) : 1;
            task.Description = string.Create(CultureInfo.InvariantCulture, $"{value:yyyy-MM-dd} {name}").TrimEnd();
        }
    }
}
