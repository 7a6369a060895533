namespace CxOrchestrator.Templating;

/// <summary>A function or value that every template knows.</summary>
/// <param name="Group">Its group, such as <c>string</c>; empty for one that stands alone.</param>
/// <param name="Name">Its name in the group.</param>
/// <param name="Parameters">Its parameters in order; with a question mark they may be left out, with dots they take the rest.</param>
/// <param name="Origin">Whose it is.</param>
public sealed record TemplateFunction(string Group, string Name, IReadOnlyList<string> Parameters, TemplateFunctionOrigin Origin)
{
    /// <summary>The name as it is written in a template.</summary>
    public string FullName => Group.Length == 0 ? Name : $"{Group}.{Name}";
}

/// <summary>Whose a function is.</summary>
public enum TemplateFunctionOrigin
{
    /// <summary>Scriban has it and it works here.</summary>
    Scriban,

    /// <summary>Scriban has it and it is left out here on purpose: using it is a parse error.</summary>
    LeftOut,

    /// <summary>Only this product has it.</summary>
    Ours,
}
