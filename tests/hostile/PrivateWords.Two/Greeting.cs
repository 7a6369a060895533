namespace PrivateWords;

/// <summary>Version 2.0.0 of a library that two plugins use in different versions.</summary>
public static class Greeting
{
    /// <summary>Says which version answers.</summary>
    public static string Text => "words 2.0.0";
}
