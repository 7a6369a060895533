using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Tests.Content;

namespace CxOrchestrator.Core.Tests.Schema;

/// <summary>
/// The schemas on disk are the ones that the code makes. To write them anew: run the tests with the variable CXO_WRITE_SCHEMAS=1 set.
/// </summary>
public sealed class SchemaFilesTests
{
    [Fact]
    public void The_journey_schema_on_disk_is_current() => Current("journeys/journey.schema.json", ContentSchemas.Journey());

    [Fact]
    public void The_survey_schema_on_disk_is_current() => Current("surveys/survey.schema.json", ContentSchemas.Survey());

    private static void Current(string path, string made)
    {
        if (Environment.GetEnvironmentVariable("CXO_WRITE_SCHEMAS") == "1")
            Repository.WriteTemplate(path, made);
        Assert.Equal(made, Repository.Template(path));
    }
}
