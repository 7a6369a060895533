using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Content.Schema;

/// <summary>The JSON Schemas (draft 2020-12) that editors use for journeys and surveys, made from the tables that the parsers use.</summary>
public static class ContentSchemas
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of <c>journeys/journey.schema.json</c>.</summary>
    public static string Journey()
    {
        var definitions = new JsonObject
        {
            ["trigger"] = Either([.. TriggerShapes.All.Select(shape => shape.ToSchema())]),
            ["reentry"] = Either(ValueSchemas.OneOf(["once", "always"]), OnlyOne(JourneyShapes.Reentry.ToSchema())),
            ["steps"] = ValueSchemas.ListOf(ValueSchemas.Ref("step")),
            ["step"] = Either([.. JourneyShapes.Steps.Select(shape => ValueSchemas.Ref(shape.Name))]),
            ["branches"] = Either(JourneyShapes.Branch.ToSchema(), JourneyShapes.Otherwise.ToSchema()),
        };
        foreach (var shape in (Shape[])[JourneyShapes.Rule, JourneyShapes.Move, JourneyShapes.WaitFor, SplitShapes.Variant, SplitShapes.Winner, .. JourneyShapes.Steps])
            definitions[shape.Name] = shape.ToSchema();
        return Text("Journey", JourneyShapes.Journey, definitions);
    }

    /// <summary>The text of <c>surveys/survey.schema.json</c>.</summary>
    public static string Survey() => Text("Survey", SurveyShapes.Survey, new JsonObject
    {
        [SurveyShapes.Words.Name] = SurveyShapes.Words.ToSchema(),
        [SurveyShapes.Question.Name] = SurveyShapes.Question.ToSchema(),
        [SurveyShapes.Case.Name] = SurveyShapes.Case.ToSchema(),
    });

    private static JsonObject Either(params JsonNode[] schemas) => new() { ["oneOf"] = new JsonArray(schemas) };

    private static JsonObject OnlyOne(JsonObject schema)
    {
        schema["minProperties"] = 1;
        schema["maxProperties"] = 1;
        return schema;
    }

    private static string Text(string title, Shape root, JsonObject definitions)
    {
        var schema = new JsonObject { ["$schema"] = Draft, ["title"] = title };
        foreach (var (key, value) in root.ToSchema().ToList())
            schema[key] = value?.DeepClone();
        schema["$defs"] = definitions;
        return schema.ToJsonString(Format).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }
}
