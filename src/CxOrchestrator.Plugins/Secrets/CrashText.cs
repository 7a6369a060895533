namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// What is printed where an exception ends the process. .NET would print its message as it is, and a plugin's thread may throw
/// anything. A memory dump is another matter: whoever has one has the secrets.
/// </summary>
public static class CrashText
{
    /// <summary>From now on an unhandled exception ends the process as ever, and prints the exception without secrets.</summary>
    public static void Mask(SecretMask mask)
    {
        var text = new ExceptionText(mask);
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => Environment.FailFast(Of(text, unhandled.ExceptionObject));
    }

    private static string Of(ExceptionText text, object thrown)
    {
        const string Heading = "Unhandled exception. ";
        try
        {
            return thrown is Exception exception ? Heading + text.Of(exception) + Environment.NewLine + exception.StackTrace : Heading + thrown.GetType();
        }
        catch (Exception)
        {
            // An exception of a plugin may do anything when it is asked.
            return Heading + thrown.GetType();
        }
    }
}
