namespace CxOrchestrator.Core.Doctor;

/// <summary>Finds what is wrong now.</summary>
public interface IDoctor
{
    /// <summary>What is wrong with work, journeys, messages and clocks, the worst first. Reads alone: run twice, it finds the same.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation);
}
