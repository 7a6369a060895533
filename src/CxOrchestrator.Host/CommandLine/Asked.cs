using CxOrchestrator.Host.Composition;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Calls that fail for reasons that a person can put right: what they say is told as it is.</summary>
internal static class Asked
{
    /// <exception cref="UserException">What kept it from being done.</exception>
    public static T Of<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsForPeople(error))
        {
            throw new UserException(error.Message, error);
        }
    }

    /// <exception cref="UserException">What kept it from being done.</exception>
    public static async Task<T> OfAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (IsForPeople(error))
        {
            throw new UserException(error.Message, error);
        }
    }

    private static bool IsForPeople(Exception error) => error is IOException or InvalidDataException or UnauthorizedAccessException;
}
