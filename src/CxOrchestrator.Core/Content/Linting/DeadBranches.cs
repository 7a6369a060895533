using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>What no rendering of a message or shared part ever comes to, and conditions that decide nothing.</summary>
internal sealed class DeadBranches : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) =>
        from part in folder.Templates()
        from finding in part.DeadCode
        select new Fault(part.Name, finding.Line, finding.Column, finding.Text, finding.Severity == TemplateSeverity.Warning);
}
