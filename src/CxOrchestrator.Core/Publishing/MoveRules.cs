using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>
/// Which rule holds for which step: one that names the step goes before <c>any</c>, one that names the version before one that doesn't, and what was said
/// with the call before what stands in the file.
/// </summary>
internal sealed class MoveRules
{
    private readonly Journey _newer;
    private readonly IReadOnlyList<MoveRule> _rules;

    public MoveRules(Journey newer, IReadOnlyList<MoveRule> ofFile, IReadOnlyList<MoveRule> said)
    {
        _newer = newer;
        _rules = [.. said.Concat(ofFile).DistinctBy(rule => (rule.From, rule.Version))];
    }

    /// <summary>The rule for a step, or null.</summary>
    public MoveRule? For(Journey older, Step step) => _rules
        .Where(rule => (rule.From == step.Id || rule.From == MoveRule.Any) && (rule.Version is null || rule.Version == older.Version))
        .MaxBy(rule => (rule.From == MoveRule.Any ? 0 : 2) + (rule.Version is null ? 0 : 1));

    /// <summary>What becomes of the people on a step, with a word on why where nobody said it.</summary>
    public (Fate Fate, string Note) Of(Journey older, Step step)
    {
        var stays = new Fate.Stay();
        if (For(older, step) is not { } rule)
            return (stays, _newer.IndexOf(step.Id) < 0 ? "the new version has no such step, and nothing is said" : "");
        switch (rule.To)
        {
            case MoveRule.Stay:
                return (stays, "");
            case MoveRule.Exit:
                return (new Fate.Leave(rule.Reason.Length > 0 ? rule.Reason : $"step {step.Id} of version {older.Version} is given up"), "");
            case MoveRule.Same:
                return _newer.IndexOf(step.Id) is >= 0 and var index && _newer.Steps[index].GetType() == step.GetType()
                    ? (new Fate.Move(step.Id, rule.Now), "")
                    : (stays, "the new version has no step of this id and kind");
            default:
                return (_newer.IndexOf(rule.To) >= 0 ? new Fate.Move(rule.To, rule.Now) : stays, "");
        }
    }

    /// <summary>What is wrong with the rules, against the versions that people walk.</summary>
    public IEnumerable<Fault> Faults(IReadOnlyList<Journey> older)
    {
        foreach (var rule in _rules)
        {
            var known = older.Where(journey => rule.Version is null || journey.Version == rule.Version).SelectMany(journey => journey.Steps).Select(step => step.Id).ToHashSet();
            // A file keeps what was said of older versions when everybody has left them.
            if (older.Count > 0 && rule.From != MoveRule.Any && !known.Contains(rule.From))
            {
                yield return new Fault(
                    rule.File, rule.Line, rule.Column,
                    $"Nobody stands on a step '{rule.From}'{(rule.Version is { } version ? $" of version {version}" : "")}: no version that is walked has it.{Nearest.Hint(rule.From, known)}",
                    IsWarning: rule.Line > 0);
            }

            if (!MoveRule.Words.Contains(rule.To) && _newer.IndexOf(rule.To) < 0)
            {
                var ids = _newer.Steps.Select(step => step.Id).Concat(MoveRule.Words).ToList();
                yield return new Fault(rule.File, rule.Line, rule.Column, $"The journey has no step '{rule.To}'.{Nearest.Hint(rule.To, ids)}");
            }
        }
    }
}
