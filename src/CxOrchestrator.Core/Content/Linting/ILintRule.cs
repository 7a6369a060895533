namespace CxOrchestrator.Core.Content;

/// <summary>Finds one kind of mistake in a content folder.</summary>
internal interface ILintRule
{
    /// <summary>What it finds; nothing about what couldn't be parsed.</summary>
    IEnumerable<Fault> Check(ContentFolder folder);
}
