using Microsoft.AspNetCore.Components;

namespace Hearth.App.Shared;

/// <summary>Whose turn it is to read: the parts of one page share one unit of work, which does one thing at a time.</summary>
public sealed class Turns : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly AsyncLocal<bool> _handling = new();

    public async Task Take(Func<Task> work)
    {
        await _one.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A form's handler has the turn while it calls the handler of the component around it.</summary>
    public Task Handle(Func<Task> handler) => _handling.Value ? handler() : Take(() =>
    {
        _handling.Value = true;
        return handler();
    });

    public void Dispose() => _one.Dispose();
}

/// <summary>
/// A component that shows itself once it has read what it shows, and reads while no other part of the page does. The framework by itself shows a component
/// before that too, and begins the next one while the first still waits for the database: on the server nobody sees the early picture, and the unit of work forbids the
/// rest. Every component of this site is one (_Imports.razor).
/// </summary>
public abstract class Calm : ComponentBase, IHandleEvent
{
    private bool _begun;

    [Inject] private Turns Turns { get; set; } = null!;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        var first = !_begun;
        _begun = true;
        await Turns.Take(async () =>
        {
            if (first)
            {
                OnInitialized();
                await OnInitializedAsync();
            }

            OnParametersSet();
            await OnParametersSetAsync();
        });
        StateHasChanged();
    }

    // A form's handler, too, is through before anything is shown anew.
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await Turns.Handle(() => item.InvokeAsync(arg));
        StateHasChanged();
    }
}

/// <summary>The same for what stands around a page.</summary>
public abstract class CalmLayout : LayoutComponentBase
{
    private bool _begun;

    [Inject] private Turns Turns { get; set; } = null!;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_begun)
        {
            _begun = true;
            await Turns.Take(async () =>
            {
                OnInitialized();
                await OnInitializedAsync();
            });
        }

        StateHasChanged();
    }
}
