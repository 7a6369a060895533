using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>One file of a shared part: <c>parts/NAME/LANGUAGE.html</c> or <c>parts/NAME/LANGUAGE.txt</c>.</summary>
/// <param name="Part">The part's name, by which messages include it.</param>
/// <param name="Path">The file, relative to the content folder.</param>
/// <param name="Language">Its language's tag, or <see cref="AnyLanguage"/>.</param>
/// <param name="Variety">What it is written for.</param>
/// <param name="Text">Its text, as it is stored with the messages that include it.</param>
/// <param name="Template">The compiled text; null where it has an error.</param>
/// <param name="Faults">Errors and warnings of this file.</param>
public sealed record PartFile(
    string Part, string Path, string Language, PartVariety Variety, string Text, CompiledTemplate? Template, IReadOnlyList<Fault> Faults)
{
    /// <summary>Stands for the language in the name of a file that is right for all of them, such as a layout.</summary>
    public const string AnyLanguage = "any";

    /// <summary>What files of a variety end in.</summary>
    public static string Extension(PartVariety variety) => variety == PartVariety.Html ? "html" : "txt";
}
